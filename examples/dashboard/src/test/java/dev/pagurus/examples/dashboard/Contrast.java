package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Whether all text stands out from what is behind it: WCAG 2.2, 1.4.3, level AA. */
final class Contrast {

    private static final String SCRIPT = """
            const channels = color => {
                const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
                canvas.fillStyle = color;
                canvas.fillRect(0, 0, 1, 1);
                return [...canvas.getImageData(0, 0, 1, 1).data];
            };
            const luminance = color => {
                const [r, g, b] = color.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const behind = element => {
                for (let one = element; one; one = one.parentElement) {
                    const color = channels(getComputedStyle(one).backgroundColor);
                    if (color[3] === 255) {
                        return color;
                    }
                }
                return [255, 255, 255, 255];
            };
            const faults = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const element = walker.currentNode.parentElement;
                const text = walker.currentNode.textContent.trim();
                if (!text || !element.checkVisibility() || element.closest('.hidden')) {
                    continue;
                }
                const style = getComputedStyle(element);
                const [a, b] = [luminance(channels(style.color).slice(0, 3)), luminance(behind(element).slice(0, 3))];
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (ratio < 4.5) {
                    faults.push(ratio.toFixed(2) + ' ' + element.tagName + '.' + element.className + ' ' + text);
                }
            }
            return [...new Set(faults)];
            """;

    private Contrast() {}

    static void check(Browser browser, String page) {
        assertThat((List<?>) browser.run(SCRIPT))
                .as("too little contrast: %s", page)
                .isEmpty();
    }
}
