"""Live video by stream: taken in, cut into HLS without transcoding, recorded, replayed. Knows nothing of rooms.

    intake → spool → studio → takes → playlists → viewers

A *stream* is what one owner broadcasts under one id. A *run* is one start of the host's recorder; it comes in
*chunks*, which wait in the *spool*. The *studio*, a process of its own, makes a *take* of each run: one file of
fragmented MP4, cut into *segments* that begin with a keyframe, each made of *slices* of a tenth of a second.
"""
