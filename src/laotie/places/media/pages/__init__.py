"""Addresses of live video, below /media/<stream>/, and of clips cut from it."""

from django.urls import path

from laotie.places.media.pages import chunks, closely, watching

app_name = "media"
urlpatterns = [
    path("media/<uuid:stream>/chunks/", chunks.nowhere, name="chunks"),
    path("media/<uuid:stream>/chunks/<str:run>/<str:number>", chunks.chunk, name="chunk"),
    path("media/<uuid:stream>/live.m3u8", watching.live, name="live"),
    path("media/<uuid:stream>/recording.m3u8", watching.recording, name="recording"),
    path("media/<uuid:stream>/state", watching.state, name="state"),
    path("media/<uuid:stream>/ticket", closely.ticket, name="ticket"),
    path("media/<uuid:stream>/newest", closely.newest, name="newest"),
    path("media/<uuid:stream>/fell", closely.fell, name="fell"),
    path("media/<uuid:stream>/poster.webp", watching.poster, name="poster"),
    path("media/clips/<uuid:clip>.mp4", watching.clip, name="clip"),
    path("media/<uuid:stream>/<int:take>/<int:start>-<int:length>.mp4", watching.part, name="part"),
]
