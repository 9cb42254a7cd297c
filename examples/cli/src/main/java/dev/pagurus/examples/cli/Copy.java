package dev.pagurus.examples.cli;

import dev.pagurus.store.CopyResult;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a whole store. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        description = {
            "Copies a whole store to another one of any kind, and compares them.",
            "",
            "The copy is the state of the source at one moment; the source may be in use, but what is written to it later"
                    + " is not in the copy. While it is under way, and when it has broken off, applications cannot open"
                    + " the target. Run it again then: it goes on where it stopped.",
            "",
            "With --follow the application stands still for seconds only: what it writes meanwhile is brought over too."
                    + " When the command says that the target is in step, stop the application and press Ctrl-C; the last"
                    + " changes come over, all is compared, and the application can be started on the target.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  pagurus copy sqlite:data/notes.db postgres://app@host:5432/notes",
            "  pagurus copy postgres://app@host:5432/notes sqlite:back.db",
            "  pagurus copy --follow sqlite:data/notes.db postgres://app@host:5432/notes"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Copy implements Runnable {

    @Parameters(index = "0", paramLabel = "SOURCE", description = "URL of the store to read.")
    private String source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "URL of the store to fill; an empty one.")
    private String target;

    @Option(
            names = "--overwrite",
            description = "Bring a target that holds documents to what the source holds. Only what differs is written;"
                    + " collections that the source does not have stay.")
    private boolean overwrite;

    @Option(
            names = "--follow",
            description =
                    "Go on with what is written to the source, until Ctrl-C or SIGTERM; a second one breaks off. Needs"
                            + " collections that keep their changes; the others are brought over at the end.")
    private boolean follows;

    @Option(
            names = "--until-equal",
            description =
                    "Follow until nothing has changed at the source for two seconds: stop the application as soon as the"
                            + " target is in step, or before. An application that pauses is taken for one that was stopped, and so"
                            + " is one that writes only to collections that keep no changes.")
    private boolean untilEqual;

    @Option(names = "--ask-password", description = "Ask for the password of the source.")
    private boolean asks;

    @Option(names = "--ask-target-password", description = "Ask for the password of the target.")
    private boolean asksForTarget;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        StoreConfig from = StoreUrl.asItIs(StoreUrl.config(source, asks, StoreUrl.PASSWORD));
        StoreConfig to = StoreUrl.config(target, asksForTarget, StoreUrl.TARGET_PASSWORD);
        if (follows || untilEqual) {
            follow(from, to);
            return;
        }
        CopyResult copied;
        try (Progress progress = answer.progress()) {
            copied = Stores.copy(from, to, progress.options(overwrite));
        }
        answer.copied("Copied and found equal", copied, Map.of());
    }

    private void follow(StoreConfig from, StoreConfig to) {
        CopyResult copied;
        Following following;
        try (Progress progress = answer.progress()) {
            following = new Following(progress, from.redactedUrl(), untilEqual);
            copied = Stores.copy(
                    from,
                    to,
                    progress.options(overwrite).withProgress(following).followUntil(following));
        }
        answer.copied("Copied and found equal", copied, Map.of("followed", following.documents()));
    }
}
