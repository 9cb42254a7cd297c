package dev.pagurus.store;

import java.util.List;

/** A function that leaves out what it names. */
record Dropping(Upgrade upgrade, List<PropertyPath> dropped) implements Upgrade {

    @Override
    public String apply(String body) throws Exception {
        return upgrade.apply(body);
    }
}
