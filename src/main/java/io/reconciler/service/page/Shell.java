package io.reconciler.service.page;

/**
 * What stands around every page.
 *
 * @param conflicts open ones
 * @param deadLetters open ones
 */
record Shell(String user, long conflicts, long deadLetters) {}
