// What HTML alone does not do: times in the viewer's zone with the UTC instant on hover, what goes on said aloud, the place
// of the keyboard kept, ticking all, and asking before what can't be undone.
(function () {
  'use strict';
  var full = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  var near = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  var steps = [[60, 's', 1], [3600, 'min', 60], [86400, 'h', 3600], [7 * 86400, 'd', 86400]];

  function span(count, unit) { return count < 0 ? -count + ' ' + unit + ' ago' : 'in ' + count + ' ' + unit; }

  function ago(date) {
    var seconds = (date.getTime() - Date.now()) / 1000;
    if (Math.abs(seconds) < 5) { return 'just now'; }
    for (var i = 0; i < steps.length; i++) {
      if (Math.abs(seconds) < steps[i][0]) { return span(Math.round(seconds / steps[i][2]), steps[i][1]); }
    }
    return date.getFullYear() === new Date().getFullYear() ? near.format(date) : full.format(date);
  }

  function show(element) {
    var date = new Date(element.getAttribute('datetime'));
    if (isNaN(date.getTime())) { return; }
    element.textContent = element.dataset.show === 'ago' ? ago(date) : full.format(date);
    element.title = date.toISOString().replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC') + (element.dataset.show === 'ago' ? '\n' + full.format(date) + ' here' : '');
  }

  function times(root) { root.querySelectorAll('time.at').forEach(show); }

  function kept() { return document.activeElement && document.activeElement !== document.body; }

  // What goes on is told to who listens once a change, not with each look.
  function say() {
    var said = document.getElementById('said');
    var parts = document.querySelectorAll('[data-say]');
    if (!said || parts.length === 0) { return; }
    var text = Array.prototype.map.call(parts, function (one) { return one.dataset.say; }).join(' ');
    if (said.textContent !== text) { said.textContent = text; }
  }

  // On a phone the bar of pages is wider than the window: where one is, is in sight.
  function inSight() {
    var here = document.querySelector('nav [aria-current]');
    var bar = here && here.closest('nav');
    if (bar) { bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2; }
  }

  // What goes on is told by a stream of the service's. Where none comes, or it falls silent, it is asked for each second
  // instead; a page that nobody sees holds none, since a browser has only six connections to a host.
  var streams = {};
  var SILENCE = 5000;
  var AGAIN = 30000;

  function followed(url) { return document.querySelector('[data-stream="' + url + '"]'); }

  function leave(url) {
    if (streams[url].source) { streams[url].source.close(); }
    delete streams[url];
  }

  function follow() {
    Object.keys(streams).forEach(function (url) { if (document.hidden || !followed(url)) { leave(url); } });
    if (document.hidden) { return; }
    document.querySelectorAll('[data-stream]').forEach(function (part) {
      if (!streams[part.dataset.stream]) { listen(part.dataset.stream); }
    });
  }

  function listen(url) {
    var stream = streams[url] = { since: Date.now(), heard: Date.now(), source: new EventSource(url) };
    function heard() { stream.heard = Date.now(); }
    function over() {
      stream.source.close();
      stream.source = null;
      stream.heard = 0;
      look(url);
    }
    stream.source.addEventListener('part', function (event) {
      heard();
      var part = followed(url);
      if (part) { window.htmx.swap(part, event.data, { swapStyle: 'outerHTML', swapDelay: 0, settleDelay: 0 }); }
    });
    stream.source.addEventListener('beat', heard);
    stream.source.addEventListener('end', over);
    stream.source.addEventListener('error', function () { if (stream.source && stream.source.readyState === EventSource.CLOSED) { over(); } });
  }

  // The part as the service has it now, and with it where a page goes when what it followed has ended.
  function look(url) {
    var part = followed(url);
    if (part) { window.htmx.trigger(part, 'look'); }
  }

  function lookAfter() {
    Object.keys(streams).forEach(function (url) {
      var stream = streams[url];
      if (Date.now() - stream.heard > SILENCE) { look(url); }
      if (!stream.source && Date.now() - stream.since > AGAIN) { leave(url); }
    });
    follow();
  }

  function ready() {
    times(document);
    say();
    follow();
    document.addEventListener('visibilitychange', follow);
    window.setInterval(lookAfter, 1000);
    inSight();
    window.addEventListener('resize', inSight);
    window.setInterval(function () { times(document); }, 30000);
    document.body.addEventListener('htmx:afterSettle', function (event) {
      times(document);
      ticked();
      say();
      follow();
      // The button that was pressed is gone: who goes by keyboard goes on from what came of it.
      var told = event.target.querySelector && event.target.querySelector('.told[tabindex]');
      if (told && event.target.matches('.settled') && !kept()) { told.focus(); }
    });
    document.body.addEventListener('htmx:responseError', failed);
    document.body.addEventListener('htmx:sendError', failed);
    document.addEventListener('change', function (event) {
      var box = event.target;
      if (box.dataset && box.dataset.ticks) {
        document.querySelectorAll('input[name="' + box.dataset.ticks + '"]').forEach(function (one) { one.checked = box.checked; });
      }
      ticked();
    });
    document.addEventListener('submit', function (event) {
      var button = event.submitter;
      if (button && button.dataset.ask && !window.confirm(button.dataset.ask)) { event.preventDefault(); }
    });
    ticked();
  }

  // Of an entry whose button came to nothing it is said; what only looks goes on looking.
  function failed(event) {
    var entry = event.detail.elt && event.detail.elt.closest('.entry');
    if (!entry) { return; }
    var place = entry.querySelector('footer, .acts') || entry;
    var told = place.querySelector('[role=alert]') || place.appendChild(document.createElement('p'));
    told.className = 'told bad';
    told.setAttribute('role', 'alert');
    var status = event.detail.xhr && event.detail.xhr.status;
    told.textContent = status ? 'The service answered ' + status + ': load the page again to see how it stands.' : 'The service could not be reached: try again.';
  }

  // What is done to the ticked ones says how many they are.
  function ticked() {
    document.querySelectorAll('[data-counts]').forEach(function (button) {
      var count = document.querySelectorAll('input[name="' + button.dataset.counts + '"]:checked').length;
      button.disabled = count === 0;
      var number = button.querySelector('.many');
      if (number) { number.textContent = count === 0 ? '' : ' ' + count; }
    });
  }

  ready();
})();
