"""Live lessons without a media server: the teacher's browser records, its bytes go on to every room, and to the disk.

One process holds all rooms. It speaks WebSocket; pages hand it a signed, short-lived token.
"""
