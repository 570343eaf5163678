// Lets the pages open without a connection. Pages and names are asked from the
// server first and taken from here only when it cannot be reached; files whose
// name carries their hash never change and are taken from here at once. What
// is not for everybody is never kept here: a form keeps what it needs itself.
"use strict";

var CACHE = "shanyraq-1";
var SHELL = "/index.html";
var PUBLIC = ["/api/vocabulary", "/api/templates"];

self.addEventListener("install", function (e) {
  e.waitUntil(caches.open(CACHE).then(function (c) {
    return c.addAll(["/boot.js", "/favicon.svg"].concat(PUBLIC)).then(function () {
      return fetch("/").then(function (r) {
        return keepShell(c, r);
      });
    });
  }).then(function () {
    return self.skipWaiting();
  }));
});

self.addEventListener("activate", function (e) {
  e.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (n) {
      return n === CACHE ? null : caches.delete(n);
    }));
  }).then(function () {
    return self.clients.claim();
  }));
});

self.addEventListener("message", function (e) {
  var list = (e.data && e.data.keep) || [];
  e.waitUntil(caches.open(CACHE).then(function (c) {
    return Promise.all(list.filter(isOurs).map(function (path) {
      return c.match(path, { ignoreVary: true }).then(function (had) {
        return had ? null : c.add(path).catch(function () {});
      });
    }));
  }));
});

function isOurs(path) {
  return typeof path === "string" && (path.indexOf("/assets/") === 0 || path === "/boot.js" || path === "/favicon.svg");
}

// The shell names the files of its build: they go along, and files of older
// builds are let go.
function keepShell(c, r) {
  if (!r.ok) return null;
  var copy = r.clone();
  return r.text().then(function (html) {
    var files = [];
    html.replace(/(?:src|href)="(\/assets\/[^"]+)"/g, function (_, f) {
      files.push(f);
      return "";
    });
    return c.put(SHELL, copy).then(function () {
      return Promise.all(files.map(function (f) {
        return c.match(f, { ignoreVary: true }).then(function (had) {
          return had ? null : c.add(f);
        });
      }));
    });
  });
}

self.addEventListener("fetch", function (e) {
  var url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (e.request.mode === "navigate" && !/\.[a-z0-9]+$/i.test(url.pathname) && url.pathname.indexOf("/api/") !== 0) {
    e.respondWith(fetch(e.request).then(function (r) {
      if (r.ok) {
        var copy = r.clone();
        e.waitUntil(caches.open(CACHE).then(function (c) {
          return keepShell(c, copy);
        }).catch(function () {}));
      }
      return r;
    }).catch(function () {
      return caches.match(SHELL, { ignoreVary: true }).then(function (kept) {
        return kept || Response.error();
      });
    }));
    return;
  }
  if (url.pathname.indexOf("/assets/") === 0) {
    e.respondWith(caches.match(e.request, { ignoreVary: true }).then(function (kept) {
      return kept || fetch(e.request).then(function (r) {
        if (r.ok) {
          var copy = r.clone();
          e.waitUntil(caches.open(CACHE).then(function (c) {
            return c.put(e.request, copy);
          }));
        }
        return r;
      });
    }));
    return;
  }
  if (isOurs(url.pathname) || (PUBLIC.indexOf(url.pathname) >= 0 && url.search === "")) {
    e.respondWith(fetch(e.request).then(function (r) {
      if (r.ok) {
        var copy = r.clone();
        e.waitUntil(caches.open(CACHE).then(function (c) {
          return c.put(e.request, copy);
        }));
      }
      return r;
    }).catch(function () {
      return caches.match(e.request, { ignoreVary: true }).then(function (kept) {
        return kept || Response.error();
      });
    }));
  }
});
