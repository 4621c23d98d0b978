// A recording on the page of a session that is over; fetched only when someone wants to see it.
const video = document.querySelector("#replay");
const { watch } = await import(new URL(video.dataset.player, location.href).href);
watch(video, video.dataset.replay, { recording: true });
