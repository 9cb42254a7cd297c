package dev.pagurus.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step that has run, or is under way; see {@link Store#step(String, Store.TransactionAction)}.
 *
 * @param name the step's name
 * @param at when it ran; of one that goes batch by batch, when the last one was begun
 * @param done whether it is at its end
 * @param collection the collection that it goes over; null if it is one transaction
 * @param documents how many documents it was given so far; 0 if it is one transaction
 * @param place the id of the last document that it was given; null if it is at its end, or is one transaction
 */
public record StepSummary(
        String name,
        Instant at,
        boolean done,
        @Nullable String collection,
        long documents,
        @Nullable String place) {}
