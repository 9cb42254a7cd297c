package dev.pagurus.examples.dashboard.data;

/** Whether somebody still has to look at an image. */
public enum State {
    /** There is an update that nobody has acknowledged. */
    OPEN,
    /** The newest update was acknowledged. */
    ACKNOWLEDGED
}
