package dev.pagurus.examples.quickstart;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A currency of the world, and how many stars it was given. A plain record: it knows nothing of where it is stored. */
record Currency(String code, int number, String name, int decimals, Set<String> countries, int stars) {

    Currency withStars(int changed) {
        return new Currency(code, number, name, decimals, countries, changed);
    }

    /** Returns the currencies that the JDK knows, about 230 of them, each with the countries that pay with it today. */
    static Stream<Currency> ofTheWorld() {
        Map<java.util.Currency, Set<String>> countries = Arrays.stream(Locale.getISOCountries())
                .map(country -> new Locale.Builder().setRegion(country).build())
                .filter(country -> java.util.Currency.getInstance(country) != null)
                .collect(groupingBy(java.util.Currency::getInstance, mapping(Locale::getCountry, toSet())));
        return java.util.Currency.getAvailableCurrencies().stream()
                .map(one -> new Currency(
                        one.getCurrencyCode(),
                        one.getNumericCode(),
                        one.getDisplayName(Locale.ENGLISH),
                        one.getDefaultFractionDigits(),
                        countries.getOrDefault(one, Set.of()),
                        0));
    }
}
