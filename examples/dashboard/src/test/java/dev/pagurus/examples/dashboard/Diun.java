package dev.pagurus.examples.dashboard;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Payloads as Diun 4 sends them; the first is the sample of its documentation. */
final class Diun {

    static final JsonMapper JSON = JsonMapper.builder().build();

    static final String SAMPLE = """
            {
              "diun_version": "4.24.0",
              "hostname": "myserver",
              "status": "new",
              "provider": "file",
              "image": "docker.io/crazymax/diun:latest",
              "hub_link": "https://hub.docker.com/r/crazymax/diun",
              "mime_type": "application/vnd.docker.distribution.manifest.list.v2+json",
              "digest": "sha256:216e3ae7de4ca8b553eb11ef7abda00651e79e537e85c46108284e5e91673e01",
              "created": "2020-03-26T12:23:56Z",
              "platform": "linux/amd64",
              "metadata": {
                "ctn_command": "diun serve",
                "ctn_createdat": "2022-12-29 10:22:15 +0100 CET",
                "ctn_id": "0dbd10e15b31add2c48856fd34451adabf50d276efa466fe19a8ef5fbd87ad7c",
                "ctn_names": "diun",
                "ctn_size": "0B",
                "ctn_state": "running",
                "ctn_status": "Up Less than a second (health: starting)"
              }
            }
            """;

    private Diun() {}

    /** An update of an image; the number stands for what was built. */
    static String update(String host, String image, int number) {
        return json(fields(host, image, number));
    }

    static Map<String, Object> fields(String host, String image, int number) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("diun_version", "4.31.0");
        fields.put("hostname", host);
        fields.put("status", "update");
        fields.put("provider", "docker");
        fields.put("image", image);
        fields.put("hub_link", "https://hub.docker.com/_/" + number);
        fields.put("mime_type", "application/vnd.oci.image.index.v1+json");
        fields.put("digest", "sha256:" + String.format(Locale.ROOT, "%064x", number));
        fields.put("created", "2026-11-23T08:00:00.123456789Z");
        fields.put("platform", "linux/amd64");
        return fields;
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }
}
