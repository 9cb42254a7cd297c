package com.example.notes;

import dev.pagurus.store.InvalidCursorException;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.VersionConflictException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The type of an exception says what a client can do about it. All others are errors of the server, as Spring has them. */
@RestControllerAdvice
class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    @ExceptionHandler({InvalidValueException.class, InvalidCursorException.class})
    ProblemDetail invalid(StoreException failure) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, failure.getMessage());
    }

    @ExceptionHandler(VersionConflictException.class)
    ProblemDetail changedMeanwhile(VersionConflictException failure) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, "Somebody has changed or deleted this meanwhile. Look again and decide anew.");
    }

    @ExceptionHandler({UnavailableException.class, TransactionConflictException.class})
    ProblemDetail notNow(StoreException failure) {
        LOG.warn(failure.getMessage());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached just now. Try again in a moment.");
    }
}
