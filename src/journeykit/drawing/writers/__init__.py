"""Writers turn a scene and a theme into bytes. Only `figure` and `renderer` import matplotlib."""
