package com.example.notes;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreListener;
import dev.pagurus.store.Stores;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /** One for the whole application. Spring closes it at the end, after the last request was answered. */
    @Bean
    Store store(StoreProperties properties, StoreListener listener) {
        return Stores.open(properties.config().toBuilder().listener(listener).build());
    }
}
