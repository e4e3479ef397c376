"""The Matrix side of Stillroom: the only place that imports nio.

Events come in through `sync`, guarded and translated; effects go out through `delivery`. nio lends the
transport, the Olm machine and its store; requests, room state and decisions are our own (each reason is in
the module that needs it).
"""
