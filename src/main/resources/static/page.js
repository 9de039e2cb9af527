// Times in the viewer's zone, with the UTC instant on hover. Nothing else on the pages needs a script of ours but what is
// at the end: ticking all, and asking before what can't be undone.
(function () {
  'use strict';
  var relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
  var full = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  var near = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  var steps = [[60, 'second', 1], [3600, 'minute', 60], [86400, 'hour', 3600], [7 * 86400, 'day', 86400]];

  function ago(date) {
    var seconds = (date.getTime() - Date.now()) / 1000;
    if (Math.abs(seconds) < 5) { return 'just now'; }
    for (var i = 0; i < steps.length; i++) {
      if (Math.abs(seconds) < steps[i][0]) { return relative.format(Math.round(seconds / steps[i][2]), steps[i][1]); }
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

  function ready() {
    times(document);
    window.setInterval(function () { times(document); }, 30000);
    document.body.addEventListener('htmx:afterSettle', function () { times(document); });
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
