package com.example.notes

import dev.pagurus.store.Snapshot
import dev.pagurus.store.Store
import dev.pagurus.store.Transaction

// Java infers which checked exception a function throws. Kotlin has none and cannot, so it is said here, once.

fun <R> Store.inTransaction(work: (Transaction) -> R): R = transaction<R, RuntimeException> { work(it) }

fun <R> Store.inSnapshot(read: (Snapshot) -> R): R = snapshot<R, RuntimeException> { read(it) }
