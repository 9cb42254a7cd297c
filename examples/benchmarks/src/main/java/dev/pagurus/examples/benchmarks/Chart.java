package dev.pagurus.examples.benchmarks;

import java.util.List;
import java.util.Locale;

/** Bars that show how many times the baseline Pagurus does, one for each work and number of threads, for each engine. */
record Chart(List<Comparison> comparisons) {

    private static final int ROW = 18;
    private static final int LABELS = 190;
    private static final int BARS = 400;
    private static final int WIDTH = LABELS + BARS + 70;

    String svg() {
        List<Comparison> shown = comparisons.stream()
                .filter(one -> one.measure() == Comparison.Measure.OPS)
                .filter(one -> one.baseline().equals(Library.JDBC.toString()))
                .toList();
        double most = Math.max(
                2, shown.stream().mapToDouble(one -> one.ratio().mean()).max().orElse(1));
        int height = 50 + shown.size() * ROW;
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s"
                    font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="10" y="18" font-weight="bold">Pagurus against plain JDBC at equal durability (1 is level)</text>
                """.formatted(WIDTH, height));
        int y = 34;
        for (Comparison one : shown) {
            svg.append(bar(one, y, most));
            y += ROW;
        }
        int level = x(1, most);
        return svg.append("""
                <line x1="%1$s" y1="28" x2="%1$s" y2="%2$s" stroke="#333333" stroke-dasharray="3 3"/>
                </svg>
                """.formatted(level, y)).toString();
    }

    private static String bar(Comparison one, int y, double most) {
        Cell cell = one.cell();
        double ratio = one.ratio().mean();
        int end = x(ratio, most);
        return """
                <text x="%s" y="%s" text-anchor="end">%s</text>
                <rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>
                <text x="%s" y="%s">%s</text>
                """.formatted(
                        LABELS - 8,
                        y + 11,
                        "%s%s, %s, %s"
                                .formatted(
                                        one.name(),
                                        cell.work().body == Work.PUT.body
                                                ? ""
                                                : " " + cell.work().size(),
                                        cell.engine(),
                                        cell.threads()),
                        LABELS,
                        y,
                        end - LABELS,
                        ROW - 4,
                        cell.engine() == Engine.SQLITE ? "#0f80cc" : "#336791",
                        end + 6,
                        y + 11,
                        String.format(Locale.ROOT, "%.2f", ratio));
    }

    private static int x(double ratio, double most) {
        return LABELS + (int) Math.round(ratio / most * BARS);
    }
}
