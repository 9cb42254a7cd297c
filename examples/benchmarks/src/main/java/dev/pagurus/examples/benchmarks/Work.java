package dev.pagurus.examples.benchmarks;

/** A work, with the method of {@link Works} that does it and the length of the documents' JSON. */
enum Work {
    PUT("put", "put", 300),
    PUT_10K("put", "put", 10_240),
    REPLACE("replace", "replace", 300),
    GET("get", "get", 300),
    PAGE("page", "page", 300),
    /** The 10,000th page, held against the first. */
    LATER_PAGE("later page", "pageByCursor", 300),
    BULK("bulk", "insertAll", 300),
    /** A whole store from the other engine, held against a bulk insert into this one; see {@link WholeCopy}. */
    COPY("copy", "", 300),
    /** A fresh JVM opens a store and writes the first document; see {@link FirstDocument}. */
    OPEN("open", "", 300);

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
            case PUT, REPLACE, GET -> "small";
            case PUT_10K -> "large";
            case PAGE, LATER_PAGE -> "many";
            case BULK, COPY, OPEN -> "new";
        };
    }

    /** Whether there is nothing yet when it starts. */
    boolean startsEmpty() {
        return this == BULK || this == COPY || this == OPEN;
    }
}
