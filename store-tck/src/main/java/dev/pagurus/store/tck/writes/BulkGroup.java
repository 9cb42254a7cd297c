package dev.pagurus.store.tck.writes;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.serial.Cell;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cells by the thousand. A cell's value makes its id here, c0 to c9999. */
abstract class BulkGroup extends ClauseGroup {

    BulkGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    DocumentCollection<Cell> cells() {
        return store.collection(cellSchema());
    }

    static Stream<Cell> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(Cell::of);
    }

    static String id(Cell cell) {
        return "c" + cell.value();
    }
}
