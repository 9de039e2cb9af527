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

  function ready() {
    times(document);
    say();
    inSight();
    window.addEventListener('resize', inSight);
    window.setInterval(function () { times(document); }, 30000);
    document.body.addEventListener('htmx:afterSettle', function (event) {
      times(document);
      ticked();
      say();
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
