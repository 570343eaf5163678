// Runs before the first paint: language and theme of the page, and the first
// questions to the server, so that answers travel while the program loads.
(function () {
  "use strict";
  var store = {};
  try {
    store.lang = localStorage.getItem("shanyraq.lang");
    store.theme = localStorage.getItem("shanyraq.theme");
  } catch (e) {
    // storage is closed: the defaults serve
  }
  var match = /^\/(kk|ru|en)(\/|$)/.exec(location.pathname);
  var lang = match ? match[1] : /^(kk|ru|en)$/.test(store.lang || "") ? store.lang : "kk";
  if (!match) history.replaceState(null, "", "/" + lang + (location.pathname === "/" ? "" : location.pathname) + location.search + location.hash);
  document.documentElement.lang = lang;
  if (store.theme === "light" || store.theme === "dark") document.documentElement.dataset.theme = store.theme;

  var early = (window.shanyraqEarly = {});
  function begin(url) {
    early[url] = fetch(url, { headers: { Accept: "application/json" } });
    early[url].catch(function () {});
  }
  if (/^\/(kk|ru|en)\/?$/.test(location.pathname)) {
    var query = new URLSearchParams(location.search);
    var keys = ["as_of", "due", "evidence", "place", "recorded_as_of", "theme"];
    var params = new URLSearchParams();
    keys.forEach(function (k) {
      if (query.get(k)) params.set(k, query.get(k));
    });
    var text = params.toString();
    begin("/api/board" + (text ? "?" + text : ""));
  }
  begin("/api/vocabulary");
})();
