package com.example.notes;

import dev.pagurus.store.StoreConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the data is: {@code pagurus.url}, and {@code pagurus.password} if it is kept apart from that. No record, which would
 * print both; what is kept of them shows no secret.
 */
@ConfigurationProperties("pagurus")
class StoreProperties {

    private final StoreConfig config;

    StoreProperties(String url, @Nullable String password) {
        StoreConfig.Builder builder = StoreConfig.builder(url);
        this.config = (password == null ? builder : builder.password(password)).build();
    }

    StoreConfig config() {
        return config;
    }
}
