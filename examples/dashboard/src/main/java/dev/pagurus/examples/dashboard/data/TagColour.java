package dev.pagurus.examples.dashboard.data;

/** The colours that tags can have. The style sheet has each for light and for dark, with enough contrast. */
public enum TagColour {
    /** Grey, the default. */
    GREY,
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
