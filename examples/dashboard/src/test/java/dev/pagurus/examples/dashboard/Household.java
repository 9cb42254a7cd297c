package dev.pagurus.examples.dashboard;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Diun announces in a house with three computers. */
final class Household {

    static final int IMAGES = 39;

    private static final List<String> NAMES = List.of(
            "docker.io/library/nginx:1.27",
            "docker.io/library/postgres:17",
            "ghcr.io/immich-app/immich-server:release",
            "docker.io/vaultwarden/server:latest",
            "docker.io/jellyfin/jellyfin:10.10",
            "lscr.io/linuxserver/sonarr:latest",
            "ghcr.io/home-assistant/home-assistant:stable",
            "docker.io/crazymax/diun:latest",
            "docker.io/library/redis:7-alpine",
            "quay.io/keycloak/keycloak:26.0",
            "docker.io/grafana/grafana:latest",
            "docker.io/adguard/adguardhome:latest",
            "docker.io/library/caddy:2",
            "ghcr.io/paperless-ngx/paperless-ngx:latest",
            "docker.io/gitea/gitea:1.22");

    private static final Set<Integer> NOT_ON_PI = Set.of(0, 1, 4, 7, 10, 13);

    private Household() {}

    static void announceAll(TestApp app) throws Exception {
        String critical = app.createTag("critical", "red");
        String media = app.createTag("media", "violet");
        app.createTag("databases", "blue");
        app.createTag("at the weekend", "green");
        for (String host : List.of("nas", "basement-server", "pi")) {
            for (int i = 0; i < NAMES.size(); i++) {
                if (host.equals("pi") && NOT_ON_PI.contains(i)) {
                    continue;
                }
                Map<String, Object> fields = Diun.fields(host, NAMES.get(i), i + 1);
                fields.put("status", i % 5 == 2 ? "new" : "update");
                fields.put("platform", host.equals("pi") ? "linux/arm64" : "linux/amd64");
                String id = app.announce(Diun.json(fields)).get("image").stringValue();
                if (i % 3 == 0) {
                    app.submit("/images/" + id + "/tags", "tag", i % 2 == 0 ? media : critical);
                }
            }
        }
    }
}
