// Shows the document, and sends requests in the name of whoever is signed in: with a token like that of a login.
(function () {
  'use strict';
  var place = document.getElementById('swagger-ui');
  var csrf = document.querySelector('meta[name="_csrf"]').content;
  var token = null;

  // Its own dark look follows the viewer's, as on the other pages.
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function look() { document.documentElement.classList.toggle('dark-mode', dark.matches); }
  dark.addEventListener('change', look);
  look();

  // A path stands inside the button that opens it: a link in there would be a button in a button.
  function plainPaths(system) {
    return { components: { DeepLink: function (props) { return system.React.createElement('span', null, props.text); } } };
  }

  // Answers scroll in a box of their own, by keyboard too.
  new MutationObserver(function () {
    place.querySelectorAll('pre.microlight:not([tabindex])').forEach(function (box) { box.tabIndex = 0; });
  }).observe(place, { childList: true, subtree: true });

  function start() {
    window.SwaggerUIBundle({
      url: '/api-docs/openapi.json',
      domNode: place,
      plugins: [plainPaths],
      deepLinking: true,
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      validatorUrl: null,
      syntaxHighlight: false,
      requestInterceptor: function (request) {
        if (token && !request.headers.Authorization) { request.headers.Authorization = 'Bearer ' + token; }
        return request;
      }
    });
  }

  if (place.dataset.token !== 'true') { start(); return; }
  fetch('/api-docs/token', { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }, body: new URLSearchParams({ _csrf: csrf }) })
    .then(function (answer) { return answer.ok ? answer.json() : {}; })
    .then(function (body) { token = body.token || null; start(); });
})();
