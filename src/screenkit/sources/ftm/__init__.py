"""FollowTheMoney entities, and the simplified CSV of OpenSanctions."""
