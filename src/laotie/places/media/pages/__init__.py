"""Addresses of live video, below /media/<stream>/, and of clips cut from it."""

from django.urls import path

from laotie.places.media.pages import chunks, closely, encoders, hearing, plainly, watching

app_name = "media"
urlpatterns = [
    path("media/<uuid:stream>/chunks/", chunks.nowhere, name="chunks"),
    path("media/<uuid:stream>/chunks/<str:run>/<str:number>", chunks.chunk, name="chunk"),
    path("media/<uuid:stream>/live.m3u8", watching.live, name="live"),
    path("media/<uuid:stream>/recording.m3u8", watching.recording, name="recording"),
    path("media/<uuid:stream>/aac/live.m3u8", watching.live, name="live_aac"),
    path("media/<uuid:stream>/aac/recording.m3u8", watching.recording, name="recording_aac"),
    path("media/<uuid:stream>/aac/<int:take>/<int:start>-<int:length>.mp4", hearing.part, name="part_aac"),
    path("media/<uuid:stream>/plain/live.m3u8", plainly.live, name="live_plain"),
    path("media/<uuid:stream>/plain/recording.m3u8", plainly.recording, name="recording_plain"),
    path("media/<uuid:stream>/plain/<int:take>/<int:start>-<int:length>.mp4", plainly.part, name="part_plain"),
    path("media/<uuid:stream>/state", watching.state, name="state"),
    path("media/<uuid:stream>/ticket", closely.ticket, name="ticket"),
    path("media/<uuid:stream>/newest", closely.newest, name="newest"),
    path("media/<uuid:stream>/fell", closely.fell, name="fell"),
    path("media/<uuid:stream>/poster.webp", watching.poster, name="poster"),
    path("media/encoders/publish", encoders.publish, name="may_publish"),
    path("media/clips/<uuid:clip>.mp4", watching.clip, name="clip"),
    path("media/<uuid:stream>/<int:take>/<int:start>-<int:length>.mp4", watching.part, name="part"),
]
