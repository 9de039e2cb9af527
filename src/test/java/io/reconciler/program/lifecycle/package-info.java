/** Tests of beginning and end of the process. */
package io.reconciler.program.lifecycle;
