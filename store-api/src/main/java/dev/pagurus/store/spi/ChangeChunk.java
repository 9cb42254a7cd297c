package dev.pagurus.store.spi;

import java.util.List;

/**
 * Some changes, and where the next ones begin.
 *
 * @param changes the changes, in an order in which those of one document are in the order of its versions, and what a
 *     transaction had seen comes before its own
 * @param position the position behind them, in the engine's own form: a text of up to 10,000 characters, without secrets
 * @param complete whether the changes up to the position are all that had been committed in one state, the one that the
 *     documents of this chunk were read from
 */
public record ChangeChunk(List<StoredChange> changes, String position, boolean complete) {

    /** Copies the list. */
    public ChangeChunk {
        changes = List.copyOf(changes);
    }
}
