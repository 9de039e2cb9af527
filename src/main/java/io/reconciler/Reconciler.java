package io.reconciler;

/** Entry point. */
public final class Reconciler {

  private Reconciler() {}

  /** Starts. */
  public static void main(String[] args) {
    System.out.println("hi");
  }
}
