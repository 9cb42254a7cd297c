/** The pages, the webhook and the JSON API. */
@NullMarked
package dev.pagurus.examples.dashboard.web;

import org.jspecify.annotations.NullMarked;
