package dev.pagurus.examples.dashboard.data;

/** The colours that tags can have. The style sheet has each for light and for dark, with enough contrast. */
public enum TagColour {
    /** That of a tag to which nobody gave one: a grey by day, a slate by night. */
    NEUTRAL,
    /** Red. */
    RED,
    /** Orange. */
    ORANGE,
    /** Yellow. */
    YELLOW,
    /** Green. */
    GREEN,
    /** Teal. */
    TEAL,
    /** Blue. */
    BLUE,
    /** Violet. */
    VIOLET,
    /** Pink. */
    PINK
}
