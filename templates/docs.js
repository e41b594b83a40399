"use strict";

SwaggerUIBundle({
  url: "{{ schema_url|escapejs }}",
  dom_id: "#swagger-ui",
  deepLinking: true,
  defaultModelsExpandDepth: -1, // the shapes stand at each operation
  validatorUrl: null, // else a page that is not on localhost asks validator.swagger.io for a badge
  // The browser adds the session cookie automatically. The CSRF token changes with each login: read it for each request.
  requestInterceptor(request) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) {
      request.headers["X-CSRFToken"] = token[1];
    }
    return request;
  },
});
