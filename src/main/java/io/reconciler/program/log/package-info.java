/** What a log line may hold, whoever logs it: no secret, and nothing that steers a terminal. */
@NullMarked
package io.reconciler.program.log;

import org.jspecify.annotations.NullMarked;
