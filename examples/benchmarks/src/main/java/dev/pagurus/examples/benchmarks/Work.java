package dev.pagurus.examples.benchmarks;

/** A work, with the method of {@link Works} that does it and the length of the documents' JSON. */
enum Work {
    PUT("put", "put", 300),
    PUT_3K("put", "put", 3 * 1024),
    PUT_10K("put", "put", 10 * 1024),
    REPLACE("replace", "replace", 300),
    GET("get", "get", 300),
    GET_3K("get", "get", 3 * 1024),
    GET_10K("get", "get", 10 * 1024),
    PAGE("page", "page", 300),
    /** The 10,000th page, held against the first. */
    LATER_PAGE("later page", "pageByCursor", 300),
    BULK("bulk", "insertAll", 300),
    /** All documents changed in one transaction, held against batches by hand. */
    UPDATE_ALL("update all", "updateAll", 300),
    /** Where changes are kept, held against where they are not. */
    FEED_PUT("feed put", "put", 300),
    /** Pages of 500 changes, held against pages of 500 documents by id. */
    FEED_READ("feed read", "readOn", 300),
    /** A follower that counts, 100 changes a transaction, held against pages of 100 documents that are counted alike. */
    FEED_FOLLOW("feed follow", "countAll", 300),
    /** Work is taken, one at a time. */
    CLAIM("claim", "claim", 300),
    /** The same, ten at a time. */
    CLAIM_10("claim of ten", "claimTen", 300),
    /** One at a time while a snapshot is open, held against none. */
    CLAIM_HELD("claim beside a snapshot", "claim", 300),
    /** A whole store from the other engine, held against a bulk insert into this one; see {@link WholeCopy}. */
    COPY("copy", "", 300),
    /** A fresh JVM opens a store and writes the first document; see {@link FirstDocument}. */
    OPEN("open", "", 300),
    /** The kit's query shapes, each held against the best plan by hand; see {@link ShapeRun}. */
    SHAPES("shape", "", 300),
    SHAPES_3K("shape", "", 3 * 1024);

    final String title;
    final String method;
    final int body;

    Work(String title, String method, int body) {
        this.title = title;
        this.method = method;
        this.body = body;
    }

    /** Works that do so share their documents. */
    String documentsName() {
        return switch (this) {
            case PUT, REPLACE, GET, FEED_PUT -> "small";
            case PUT_3K, GET_3K -> "medium";
            case PUT_10K, GET_10K -> "large";
            case PAGE, LATER_PAGE, FEED_READ -> "many";
            case FEED_FOLLOW -> "followed";
            case CLAIM, CLAIM_10, CLAIM_HELD -> "claimed";
            case UPDATE_ALL -> "changed";
            case BULK, COPY, OPEN -> "new";
            case SHAPES, SHAPES_3K -> "shapes";
        };
    }

    boolean isPut() {
        return this == PUT || this == PUT_3K || this == PUT_10K;
    }

    /** Whether it is held against Pagurus itself, without a feed. */
    boolean isFeed() {
        return this == FEED_PUT || this == FEED_READ || this == FEED_FOLLOW;
    }

    /** Returns what is held against the others. */
    Library ours() {
        return isFeed() ? Library.FEED : this == CLAIM_HELD ? Library.HELD : Library.PAGURUS;
    }

    boolean isGet() {
        return this == GET || this == GET_3K || this == GET_10K;
    }

    boolean isShapes() {
        return this == SHAPES || this == SHAPES_3K;
    }

    /** Whether one call does it all, and nothing is repeated. */
    boolean isOnce() {
        return this == BULK || this == UPDATE_ALL || this == FEED_FOLLOW;
    }

    /** Returns how long the documents are, for people. */
    String size() {
        return body < 1024 ? body + " B" : body / 1024 + " KB";
    }

    /** Whether there is nothing yet when it starts. */
    boolean startsEmpty() {
        return this == BULK || this == COPY || this == OPEN;
    }
}
