package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.reconciler.world.ServiceWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a screen, one for all tests; it is strict about what it sees. */
final class Browser implements AutoCloseable {

  static final Dimension DESK = new Dimension(1280, 860);
  static final Dimension PHONE = new Dimension(390, 844);

  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final List<String> SERIOUS = List.of("serious", "critical");

  private final ChromeDriver driver;
  private final ServiceWorld service;
  private Set<Cookie> session = Set.of();

  private Browser(ChromeDriver driver, ServiceWorld service) {
    this.driver = driver;
    this.service = service;
  }

  /** The browser of this machine, in front of this service; none where there is none. */
  static Optional<Browser> open(ServiceWorld service) {
    Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome");
    Optional<Path> chromedriver = find("chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      return Optional.empty();
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        // No process that no page here needs: for graphics, for extensions, for a page to come.
        "--in-process-gpu",
        "--disable-extensions",
        "--disable-component-update",
        "--disable-features=SpareRendererForSitePerProcess,BackForwardCache,Translate,OptimizationHints,MediaRouter",
        "--lang=en-GB",
        // Nothing from outside: only this machine is reached.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--window-size=1280,860");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService tool =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get().toFile())
            .usingAnyFreePort()
            .withEnvironment(Map.of("TZ", "Europe/Vienna"))
            .build();
    ChromeDriver driver = new ChromeDriver(tool, options);
    return Optional.of(new Browser(driver, service));
  }

  private static Optional<Path> find(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  ChromeDriver driver() {
    return driver;
  }

  void go(String path) {
    driver.get(service.uri(path).toString());
  }

  String path() {
    return java.net.URI.create(driver.getCurrentUrl()).getPath();
  }

  /** Ends the session from another page, as far as this one can tell. */
  void signOutElsewhere() {
    driver.executeAsyncScript(
        "const done = arguments[0];"
            + " const form = document.querySelector('form[action$=logout]');"
            + " fetch('/logout', {method: 'POST', body: new URLSearchParams(new FormData(form))}).then(done);");
  }

  void size(Dimension size) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", size.width, "height", size.height, "deviceScaleFactor", 1, "mobile", false));
  }

  void dark(boolean on) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", on ? "dark" : "light"))));
  }

  /** The overview, in the session that is there, or else in a new one by the form. */
  void enter(String email, String password) {
    driver.manage().deleteAllCookies();
    session.forEach(driver.manage()::addCookie);
    go("/");
    if (!path().equals("/")) {
      signIn(email, password);
      awaitText("Overview");
      session = driver.manage().getCookies();
    }
  }

  void signIn(String email, String password) {
    go("/login");
    driver.findElement(By.name("email")).sendKeys(email);
    driver.findElement(By.name("password")).sendKeys(password);
    click("Sign in");
  }

  /** Clicks the first button, or else link, with this text. */
  void click(String text) {
    Awaitility.await()
        .ignoreException(StaleElementReferenceException.class)
        .until(
            () -> {
              clickOnce(text);
              return true;
            });
  }

  private void clickOnce(String text) {
    String quoted = "\"" + text + "\"";
    WebElement element =
        driver
            .findElements(
                By.xpath(
                    "//main//button[contains(normalize-space(), %s)] | //main//a[contains(normalize-space(), %s)] | //nav//a[starts-with(normalize-space(), %s)]"
                        .formatted(quoted, quoted, quoted)))
            .stream()
            .filter(WebElement::isDisplayed)
            .findFirst()
            .orElseThrow(() -> new AssertionError("nothing says " + text + ":\n" + text()));
    element.click();
  }

  /** Clicks the button with this text, wherever it is, when it is there. */
  void clickButton(String text) {
    By button = By.xpath("//button[normalize-space()=\"%s\"]".formatted(text));
    Awaitility.await().until(() -> !driver.findElements(button).isEmpty());
    driver.findElement(button).click();
  }

  /** Ticks so many boxes of a list. */
  void tick(int count) {
    driver.findElements(By.name("ids")).stream().limit(count).forEach(WebElement::click);
  }

  void type(String field, String text) {
    driver.findElement(By.name(field)).sendKeys(text);
  }

  void keys(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  String focused() {
    return driver.switchTo().activeElement().getText();
  }

  /** Goes from one to the next until one says this. */
  void tabTo(String text) {
    for (int i = 0; i < 60 && !focused().equals(text); i++) {
      keys(org.openqa.selenium.Keys.TAB);
    }
    assertThat(focused()).isEqualTo(text);
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** Waits until what is typed goes into a field: a page that has just come may not have it yet. */
  void awaitFocusOnInput() {
    Awaitility.await()
        .until(() -> driver.switchTo().activeElement().getTagName().equalsIgnoreCase("input"));
  }

  void awaitText(String text) {
    Awaitility.await()
        .ignoreException(StaleElementReferenceException.class)
        .untilAsserted(() -> assertThat(text()).contains(text));
  }

  /** Nothing went wrong on the page, and everybody can use it. */
  void check() {
    checkLog();
    List<String> findings =
        new AxeBuilder()
                .withOptions(onlyViolations())
                .withTags(List.of("wcag2a", "wcag2aa", "best-practice"))
                // In the page itself, as none has frames: else the findings are put together in
                // another window, into which all of axe goes once more.
                .setLegacyMode(true)
                .analyze(driver)
                .getViolations()
                .stream()
                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                .map(Browser::said)
                .toList();
    assertThat(findings).as("accessibility of %s", path()).isEmpty();
    checkWidth();
  }

  // What passes is not put together as findings as well.
  private static AxeRunOptions onlyViolations() {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return options;
  }

  /** Nothing of the page is beside the window. */
  void checkWidth() {
    assertThat(overflow()).as("wider than the window: %s", path()).isLessThanOrEqualTo(1);
    checkLog();
  }

  /** No error, and nothing that the content policy kept out. */
  void checkLog() {
    assertThat(log()).as("console of %s", path()).isEmpty();
  }

  /** What was told since the last look, warnings and worse. */
  List<String> log() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What is expected to be in the log, such as an answer that is no page. */
  void forgetLog() {
    driver.manage().logs().get(LogType.BROWSER);
  }

  private long overflow() {
    Object wide =
        driver.executeScript(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    return ((Number) wide).longValue();
  }

  private static String said(Rule rule) {
    StringBuilder text = new StringBuilder(rule.getId() + ": " + rule.getHelp());
    rule.getNodes().stream()
        .limit(4)
        .forEach(
            n -> text.append("\n  ").append(n.getHtml()).append(" ").append(n.getFailureSummary()));
    return text.toString();
  }

  /** So many requests of the page, since it was loaded, have this in their address. */
  long requests(String part) {
    Object count =
        driver.executeScript(
            "return performance.getEntriesByType('resource').filter(r => r.name.includes(arguments[0])).length",
            part);
    return ((Number) count).longValue();
  }

  /** Loads pages as if each stream of events were refused; what ends that. */
  AutoCloseable withoutStreams() {
    Map<String, Object> script =
        driver.executeCdpCommand(
            "Page.addScriptToEvaluateOnNewDocument",
            Map.of(
                "source",
                """
                window.EventSource = class extends EventTarget {
                  static CLOSED = 2;
                  readyState = 2;
                  constructor() { super(); setTimeout(() => this.dispatchEvent(new Event('error')), 0); }
                  close() {}
                };"""));
    return () -> driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", script);
  }

  /** A picture of the window, for people. */
  void picture(String name) {
    try {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
