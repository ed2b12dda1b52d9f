"""Writers turn a scene and a theme into bytes. `svg` needs nothing; `figure` is all that knows matplotlib."""
