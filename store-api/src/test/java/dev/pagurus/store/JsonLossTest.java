package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a codec loses between reading and writing. */
class JsonLossTest {

    private static void kept(String body, String again) {
        assertThat(UpgradePlan.lost(body, again)).as(body + " as " + again).isEmpty();
    }

    private static void lost(String body, String again, String... paths) {
        assertThat(UpgradePlan.lost(body, again)).as(body + " as " + again).containsExactly(paths);
    }

    @Test
    void numbersAreComparedByValue() {
        kept("{\"a\":1.10,\"b\":1,\"c\":100,\"d\":-0.0}", "{\"a\":1.1,\"b\":1.0,\"c\":1e2,\"d\":0}");
        lost("{\"a\":9007199254740993}", "{\"a\":9007199254740992.0}", "a");
        lost("{\"a\":0.10000000000000000001}", "{\"a\":0.1}", "a");
        kept("{\"a\":1e999999999}", "{\"a\":1.0e999999999}");
        lost("{\"a\":1e999999999}", "{\"a\":1}", "a");
    }

    @Test
    void whatIsNothingMayGo() {
        kept("{\"a\":null,\"b\":[],\"c\":{},\"d\":[null]}", "{\"d\":[null]}");
        lost("{\"a\":false,\"b\":\"\",\"c\":[1],\"d\":{\"x\":1}}", "{\"d\":{}}", "a", "b", "c", "d.x");
    }

    @Test
    void whatIsAddedOrInAnotherOrderIsThere() {
        kept("{\"a\":1,\"b\":2}", "{\"b\":2,\"new\":3,\"a\":1}");
        kept("{\"a\":[\"x\",\"y\",{\"n\":1}]}", "{\"a\":[{\"n\":1.0,\"m\":null},\"y\",\"x\"]}");
        lost("{\"a\":[\"x\",\"x\"]}", "{\"a\":[\"x\"]}", "a[]");
        lost("{\"a\":[{\"n\":1},{\"n\":2}]}", "{\"a\":[{\"n\":1},{\"n\":3}]}", "a[].n");
    }

    @Test
    void whatIsReadByAnAliasIsThere() {
        kept("{\"title\":\"x\"}", "{\"headline\":\"x\"}");
        lost("{\"title\":\"x\"}", "{\"headline\":\"y\"}", "title");
    }

    @Test
    void textsAndTimesAreComparedAsTheyAreWritten() {
        lost("{\"at\":\"2026-11-26T10:30:00\"}", "{\"at\":\"2026-11-26\"}", "at");
        kept("{\"n\":5}", "{\"n\":\"5\"}");
        lost("{\"n\":\"007\"}", "{\"n\":7}", "n");
    }

    @Test
    void whatIsNotJsonIsTheCodecsBusiness() {
        kept("a,b", "a");
        lost("[1]", "[2]", "[]");
        lost("1", "2", ".");
    }
}
