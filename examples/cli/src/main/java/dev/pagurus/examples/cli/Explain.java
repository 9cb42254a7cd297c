package dev.pagurus.examples.cli;

import dev.pagurus.store.Explanation;
import dev.pagurus.store.Order;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.CollectionDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how a query is answered. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Says how a query of a collection is answered: along which index its documents are found, what is looked at or"
                    + " sorted by hand, about how many match, which index is missing, and the database's own plan. It changes"
                    + " nothing, and shows no value.",
            "",
            "A filter compares fields, as 'info' shows them, with values: = <> < <= > >=, in ('a', 'b'), is null, is not"
                    + " null, starts with 'a'; contains 'a', contains any of ('a', 'b') and is empty for fields of several"
                    + " values; joined by and, or, not and parentheses. Texts and times stand in single quotes, in"
                    + " which '' is a quote; numbers, true and false stand without. A time is in ISO, with its zone:"
                    + " '2026-01-31T08:30:00Z'; a date is its beginning in UTC.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  pagurus explain sqlite:data/notes.db notes \"status = 'OPEN' and due < '2026-01-31'\" --order \"due desc\""
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Explain implements Runnable {

    @Mixin
    private OneStore store;

    @Parameters(index = "1", paramLabel = "COLLECTION", description = "The collection's name, as 'info' shows it.")
    private String collection;

    @Parameters(
            index = "2",
            paramLabel = "FILTER",
            arity = "0..1",
            description = "What documents must be like; all without.")
    private @Nullable String filter;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "How they are ordered: 'due desc, title'; by id without.")
    private @Nullable String order;

    @Option(names = "--limit", paramLabel = "NUMBER", description = "How many are read at most.")
    private int limit;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        StoreConfig config = store.asItIs();
        try (Store opened = Stores.open(config)) {
            CollectionDefinition definition = CollectionDefinition.parse(
                    Drop.find(opened, collection, config).definition());
            Explanation explanation = query(opened, StoredSchema.of(definition)).explain();
            Map<String, @Nullable Object> keys = new LinkedHashMap<>();
            keys.put("store", config.redactedUrl());
            keys.put("collection", collection);
            keys.put("words", explanation.words().lines().toList());
            keys.put("missing", explanation.missing());
            keys.put("plan", explanation.plan().lines().toList());
            answer.tell(Main.DONE, keys, out -> out.println(explanation));
        }
    }

    private ReadQuery<String> query(Store opened, StoredSchema stored) {
        // Read before the collection is asked for, so that what is mistyped is told first.
        var filtered = filter == null ? null : FilterText.filter(filter, stored.fields());
        var orders = order == null ? java.util.List.<Order<String>>of() : FilterText.orders(order, stored.fields());
        var documents = opened.collection(stored.schema());
        ReadQuery<String> query = filtered == null ? documents.query() : documents.where(filtered);
        for (int i = 0; i < orders.size(); i++) {
            query = i == 0 ? query.orderBy(orders.get(i)) : query.thenBy(orders.get(i));
        }
        return limit == 0 ? query : query.limit(limit);
    }
}
