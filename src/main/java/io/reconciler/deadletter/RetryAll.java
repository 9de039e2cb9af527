package io.reconciler.deadletter;

import io.reconciler.run.Trigger;

/** Asks for every open dead letter of the active clients to be tried again. */
public record RetryAll(String requester, Trigger trigger) {}
