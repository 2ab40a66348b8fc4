"""What a download needs besides the network: the request, its address, and the file as it arrives."""
