package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.Document;
import java.util.List;
import java.util.Map;

/**
 * All tags, from one state of the store.
 *
 * @param tags the tags, by name
 * @param images how many images each tag's id has; absent for none
 */
public record TagList(List<Document<Tag>> tags, Map<String, Long> images) {}
