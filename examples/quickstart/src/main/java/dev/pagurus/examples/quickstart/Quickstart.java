package dev.pagurus.examples.quickstart;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.VersionConflictException;
import java.util.List;

/** Keeps the world's currencies in the file currencies.db, or wherever DATABASE_URL says. Run it twice. */
public final class Quickstart {

    // What can be searched and sorted by. Each field is a column of the table, and Java fills it from the record.
    static final TextField<Currency> NAME = TextField.of("name", Currency::name);
    static final LongField<Currency> DECIMALS = LongField.of("decimals", Currency::decimals);
    static final ManyField<Currency> COUNTRIES = ManyField.of("countries", Currency::countries);

    // The record itself is stored as JSON, which Jackson writes and reads.
    static final Schema<Currency> CURRENCIES = Schema.of("currencies", Currency.class)
            .index(NAME)
            .index(DECIMALS, NAME)
            .index(COUNTRIES);

    public static void main(String[] args) {
        String url = System.getenv().getOrDefault("DATABASE_URL", "sqlite:currencies.db");
        try (Store store = Stores.open(url)) {
            DocumentCollection<Currency> currencies = store.collection(CURRENCIES);
            fill(currencies);
            search(currencies);
            turnPages(currencies);
            giveStars(currencies);
            handOverOneStar(store);
        }
    }

    private static void fill(DocumentCollection<Currency> currencies) {
        long found = currencies.query().count();
        say(found == 0 ? "The store is empty." : "Found " + found + " currencies from an earlier run.");

        BulkResult result = currencies.insertAll(Currency.ofTheWorld(), Currency::code, OnConflict.SKIP);
        say("Stored " + result.written() + " currencies, skipped " + result.skipped() + " that were there.");
    }

    private static void search(DocumentCollection<Currency> currencies) {
        for (Document<Currency> franc :
                currencies.where(COUNTRIES.contains("CH")).list()) {
            say("Switzerland pays with the " + franc.value().name() + ", " + franc.id() + ".");
        }
        List<Document<Currency>> fine =
                currencies.where(DECIMALS.eq(3)).orderBy(NAME.asc()).list();
        say(fine.size() + " currencies have three decimals, the first is the "
                + fine.get(0).value().name() + ".");
        say("Currencies by their number of decimals: "
                + currencies.where(DECIMALS.gte(0)).countBy(DECIMALS) + ".");
    }

    private static void turnPages(DocumentCollection<Currency> currencies) {
        Query<Currency> inUse =
                currencies.where(COUNTRIES.isEmpty().not()).orderBy(NAME.asc()).limit(50);
        String cursor = null; // the first page; in a web application it comes with the request
        do {
            Page<Currency> page = inUse.startAfter(cursor).page();
            Currency first = page.items().get(0).value();
            Currency last = page.items().get(page.items().size() - 1).value();
            say("A page of " + page.items().size() + ": " + first.name() + " to " + last.name() + ".");
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private static void giveStars(DocumentCollection<Currency> currencies) {
        Document<Currency> seen = currencies.get("EUR").orElseThrow();
        Currency starred = seen.value().withStars(seen.value().stars() + 1);

        currencies.replace(seen.withValue(starred));
        say("Ann has seen the euro and gives it a star.");
        try {
            currencies.replace(seen.withValue(starred));
        } catch (VersionConflictException e) {
            say("Bob saw it before that, so his star is refused: " + e.getMessage());
        }
        // Reads, changes and writes, and starts again if somebody else was faster.
        Document<Currency> euro =
                currencies.update("EUR", now -> now.withStars(now.stars() + 1)).orElseThrow();
        say("Bob starts from what is there now: the euro has " + euro.value().stars() + " stars.");
    }

    private static void handOverOneStar(Store store) {
        Currency yen = store.transaction(tx -> {
            DocumentCollection<Currency> currencies = tx.collection(CURRENCIES);
            currencies.update("EUR", euro -> euro.withStars(euro.stars() - 1));
            return currencies
                    .update("JPY", now -> now.withStars(now.stars() + 1))
                    .orElseThrow()
                    .value();
        });
        say("The euro hands a star to the yen, both or neither: the yen has " + yen.stars() + ".");
    }

    private static void say(String sentence) {
        System.out.println(sentence);
    }
}
