package io.reconciler.program.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.World;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.EventListenerMethodProcessor;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/** What a command's context is spared. */
class CommandContextTest {

  private static final ApplicationContext CONTEXT = World.shared().engine().context();

  @Test
  void nobody_looks_for_methods_that_listen_to_events_and_no_bean_has_one() {
    assertThat(CONTEXT.getBeansOfType(EventListenerMethodProcessor.class)).isEmpty();
    assertThat(CONTEXT.getBeanDefinitionNames())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(listens(name)).as(name).isFalse());
  }

  private static boolean listens(String bean) {
    Class<?> type = Objects.requireNonNull(CONTEXT.getType(bean), bean);
    MethodFilter listening =
        method -> AnnotatedElementUtils.hasAnnotation(method, EventListener.class);
    return !MethodIntrospector.selectMethods(type, listening).isEmpty();
  }
}
