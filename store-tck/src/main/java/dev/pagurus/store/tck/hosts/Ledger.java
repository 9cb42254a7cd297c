package dev.pagurus.store.tck.hosts;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Page;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.TextField;
import dev.pagurus.store.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and transfers between them. Money is neither made nor lost, no account goes below zero, a transfer that is sent
 * twice happens once, and each account has a statement of numbered entries without a gap.
 */
public final class Ledger {

    /** How many entries a page of a statement shows. */
    public static final int PAGE = 20;

    private static final Schema<Account> ACCOUNTS = Schema.of("accounts", Account.class);
    private static final Schema<Transfer> TRANSFERS = Schema.of("transfers", Transfer.class);

    private static final TextField<Entry> ACCOUNT = TextField.of("account", Entry::account);
    private static final LongField<Entry> NUMBER = LongField.of("number", Entry::number);
    private static final Schema<Entry> ENTRIES =
            Schema.of("entries", Entry.class).uniqueIndex(ACCOUNT, NUMBER.desc());

    private final Store store;

    /** Opens the ledger in a store. */
    public Ledger(Store store) {
        this.store = store;
        store.collection(ACCOUNTS);
        store.collection(TRANSFERS);
        store.collection(ENTRIES);
    }

    /** An account: what is on it, and how many entries its statement has. */
    public record Account(long balance, long entries) {

        Account changedBy(long amount) {
            return new Account(Math.addExact(balance, amount), entries + 1);
        }
    }

    /** An order to move money. */
    public record Transfer(String from, String to, long amount) {

        /** Refuses what would move money backwards or nowhere. */
        public Transfer {
            if (amount <= 0 || from.equals(to)) {
                throw new IllegalArgumentException("A transfer moves more than 0 from one account to another.");
            }
        }
    }

    /** A line of an account's statement. */
    public record Entry(String account, long number, long amount, long balance, String transfer) {}

    /** There is too little on the account. */
    public static final class OverdrawnException extends Exception {

        private static final long serialVersionUID = 1L;

        OverdrawnException(String account, long balance, long amount) {
            super(account + " has " + balance + ", which is less than " + amount + ".");
        }
    }

    /** Opens an account with some money on it. */
    public void open(String account, long balance) {
        store.collection(ACCOUNTS).insert(account, new Account(balance, 0));
    }

    /**
     * Moves money, unless the transfer with this id has happened already.
     *
     * @return true if it happened now, false if earlier
     * @throws OverdrawnException if there is too little on the account; nothing has happened
     * @throws IllegalArgumentException if another transfer has this id, or an account does not exist
     */
    public boolean transfer(String id, Transfer transfer) throws OverdrawnException {
        return store.transaction(tx -> {
            DocumentCollection<Transfer> transfers = tx.collection(TRANSFERS);
            try {
                transfers.insert(id, transfer);
            } catch (DuplicateIdException e) {
                if (!transfers.get(id).orElseThrow().value().equals(transfer)) {
                    throw new IllegalArgumentException("Transfer " + id + " was another one.", e);
                }
                return false;
            }
            book(tx, id, transfer.from(), -transfer.amount());
            book(tx, id, transfer.to(), transfer.amount());
            return true;
        });
    }

    /** Returns what is on an account. */
    public long balance(String account) {
        return store.collection(ACCOUNTS).get(account).orElseThrow().value().balance();
    }

    /** Returns what is on all accounts together, at one moment. */
    public long total() {
        return store.snapshot(view -> view.collection(ACCOUNTS).query().list().stream()
                .mapToLong(account -> account.value().balance())
                .sum());
    }

    /** Returns a page of an account's statement, the newest entry first. */
    public Page<Entry> statement(String account, @Nullable String cursor) {
        return store.collection(ENTRIES)
                .where(ACCOUNT.eq(account))
                .orderBy(NUMBER.desc())
                .limit(PAGE)
                .startAfter(cursor)
                .page();
    }

    private static void book(Transaction tx, String transfer, String account, long amount) throws OverdrawnException {
        DocumentCollection<Account> accounts = tx.collection(ACCOUNTS);
        Document<Account> before = accounts.get(account)
                .orElseThrow(() -> new IllegalArgumentException("There is no account " + account + "."));
        if (before.value().balance() + amount < 0) {
            throw new OverdrawnException(account, before.value().balance(), -amount);
        }
        Account after = accounts.replace(before.withValue(before.value().changedBy(amount)))
                .value();
        tx.collection(ENTRIES).insert(new Entry(account, after.entries(), amount, after.balance(), transfer));
    }
}
