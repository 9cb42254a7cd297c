package dev.pagurus.examples.benchmarks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.NullUnmarked;

/** The row of a document as Hibernate maps it: the columns that the other sides have. */
@Entity
@Table(name = "items", indexes = @Index(name = "items_by_status_due", columnList = "status, due, id"))
@NullUnmarked // Hibernate fills it.
class HibernateRow {

    @Id
    String id;

    @Version
    long version;

    @Column(name = "created_at", nullable = false, updatable = false)
    long createdAt;

    // As a text, without the check constraint that other sides do not have either.
    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "text")
    Item.Status status;

    long due;

    @Column(nullable = false, columnDefinition = "text")
    String body;
}
