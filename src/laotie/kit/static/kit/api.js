// The description of the REST interface: Swagger UI, asking as whoever is signed in.
const place = document.getElementById("swagger-ui");
const settings = JSON.parse(document.getElementById("swagger-settings").textContent);

window.SwaggerUIBundle({
  ...settings,
  domNode: place,
  docExpansion: "none",
  filter: true,
  tryItOutEnabled: false,
  defaultModelsExpandDepth: -1,
  presets: [window.SwaggerUIBundle.presets.apis],
  requestInterceptor(request) {
    request.headers["X-CSRFToken"] = place.dataset.csrf;
    return request;
  },
});
